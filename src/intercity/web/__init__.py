"""The frame around every page: templates, components, styles, the few scripts and the error pages."""
