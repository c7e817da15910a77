"""Reports of letters that did not arrive, shaped as mail servers write them; OUR_ID and OFFICE are filled in."""

from __future__ import annotations

POSTFIX = """\
Return-Path: <>
Date: Wed, 25 Nov 2026 17:00:00 +0000 (UTC)
From: MAILER-DAEMON@mail.network.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: intercity@network.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F1A32C0D1.1764090000/mail.network.example"
Content-Transfer-Encoding: 8bit
Message-Id: <20261125170000.9A1B2C3D4E@mail.network.example>

This is a MIME-encapsulated message.

--4F1A32C0D1.1764090000/mail.network.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host mail.network.example.

<OFFICE>: host mx.northport.example[192.0.2.7] said: 550 5.1.1
    <OFFICE>: Recipient address rejected: User unknown in virtual
    mailbox table (in reply to RCPT TO command)

--4F1A32C0D1.1764090000/mail.network.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.network.example
X-Postfix-Queue-ID: 4F1A32C0D1
X-Postfix-Sender: rfc822; intercity@network.example
Arrival-Date: Wed, 25 Nov 2026 16:59:58 +0000 (UTC)

Final-Recipient: rfc822; OFFICE
Original-Recipient: rfc822;OFFICE
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.northport.example
Diagnostic-Code: smtp; 550 5.1.1 <OFFICE>: Recipient address rejected: User
    unknown in virtual mailbox table

--4F1A32C0D1.1764090000/mail.network.example
Content-Description: Undelivered Message
Content-Type: message/rfc822
Content-Transfer-Encoding: 8bit

Return-Path: <intercity@network.example>
Content-Type: text/plain; charset="utf-8"
Subject: Eastbay writes
From: intercity@network.example
To: OFFICE
Message-ID: OUR_ID
Auto-Submitted: auto-generated

Good day,

--4F1A32C0D1.1764090000/mail.network.example--
"""
"""Postfix: the whole letter comes back."""

EXIM = """\
Return-path: <>
Received: from Debian-exim by mx.northport.example with local (Exim 4.96)
\tid 1vNabc-0001Xy-2Z; Wed, 25 Nov 2026 17:00:00 +0000
X-Failed-Recipients: OFFICE
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.northport.example>
To: intercity@network.example
References: OUR_ID
Content-Type: multipart/report; report-type=delivery-status; boundary=1764090000-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1vNabc-0001Xy-2Z@mx.northport.example>

--1764090000-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

  OFFICE
    unrouteable address

--1764090000-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; mx.northport.example

Action: failed
Final-Recipient: rfc822;OFFICE
Status: 5.0.0

--1764090000-eximdsn-1804289383
Content-type: message/rfc822

Return-path: <intercity@network.example>
Subject: Eastbay writes
To: OFFICE
Message-ID:
 OUR_ID

Good day,

--1764090000-eximdsn-1804289383--
"""
"""Exim: the name of the letter is on a line of its own."""

EXCHANGE = """\
From: <postmaster@northport.example>
To: <intercity@network.example>
Date: Wed, 25 Nov 2026 17:00:00 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="7e6c1f7d-4a6b-4f0e-9f56-7a5f4d1ef1b1"
Content-Language: en-US
Message-ID: <c0b7e4f2-9d1c-4a55-9b7e-0a1b2c3d4e5f@NORTHPORT01.prod.example>
In-Reply-To: OUR_ID
References: OUR_ID
Subject: Undeliverable: Eastbay writes
Auto-Submitted: auto-replied
MIME-Version: 1.0

--7e6c1f7d-4a6b-4f0e-9f56-7a5f4d1ef1b1
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="b1c2d3e4-0001-4f0e-9f56-7a5f4d1ef1b1"

--b1c2d3e4-0001-4f0e-9f56-7a5f4d1ef1b1
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to OFFICE couldn't be delivered.

--b1c2d3e4-0001-4f0e-9f56-7a5f4d1ef1b1--

--7e6c1f7d-4a6b-4f0e-9f56-7a5f4d1ef1b1
Content-Type: message/delivery-status

Reporting-MTA: dns;NORTHPORT01.prod.example
Received-From-MTA: dns;mail.network.example
Arrival-Date: Wed, 25 Nov 2026 16:59:58 +0000

Final-Recipient: rfc822;OFFICE
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: OFFICE

--7e6c1f7d-4a6b-4f0e-9f56-7a5f4d1ef1b1
Content-Type: text/rfc822-headers

From: intercity@network.example
To: OFFICE
Message-ID: OUR_ID
Subject: Eastbay writes

--7e6c1f7d-4a6b-4f0e-9f56-7a5f4d1ef1b1--
"""
"""Exchange: only the head of the letter comes back."""

GLOBAL = """\
From: Mail Delivery System <mailer-daemon@mx.northport.example>
To: intercity@network.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=global-delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Letters in other scripts cannot be delivered to this mailbox.

--b
Content-Type: message/global-delivery-status
Content-Transfer-Encoding: 8bit

Reporting-MTA: dns; mx.northport.example

Final-Recipient: utf-8; ការិយាល័យ@northport.example
Action: failed
Status: 5.6.7

--b
Content-Type: message/global-headers
Content-Transfer-Encoding: 8bit

To: ការិយាល័យ@northport.example
Message-ID: OUR_ID
Subject: Eastbay writes

--b--
"""
"""RFC 6533: addresses in other scripts."""

WITHOUT_THE_LETTER = """\
From: postmaster@mx.northport.example
To: intercity@network.example
Subject: Mailbox full
In-Reply-To: OUR_ID
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mailbox is over its quota.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.northport.example

Final-Recipient: rfc822; OFFICE
Action: failed
Status: 5.2.2 (mailbox full)

--b--
"""
"""Nothing of the letter comes back; the report answers it."""

DELAYED = POSTFIX.replace("Action: failed\nStatus: 5.1.1", "Action: delayed\nStatus: 4.4.1")
"""It is tried again by the mail server."""

AUTOMATIC_REPLY = """\
From: OFFICE
To: intercity@network.example
Subject: Out of office: Eastbay writes
In-Reply-To: OUR_ID
References: OUR_ID
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

I am back on Monday. Message-ID: OUR_ID
"""
"""Somebody is away."""
