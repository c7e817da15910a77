"""Reports: a result in words, for the terminal and as a page that stands by itself."""

from intercity.dialogues.report.content import Report, report_on
from intercity.dialogues.report.page import write_page
from intercity.dialogues.report.terminal import print_report

__all__ = ["Report", "print_report", "report_on", "write_page"]
