"""The facts of the client's privacy policy, section by section: the list legal can read.

Each line of `FACTS` is the number of a section and words that must stand in it; bold marks do not count.
They are looked for in the sealed version 1.0.0: what legal changes later needs no line here.
"""

import re

import pytest

from tests.sealed import first_version

FACTS: tuple[tuple[str, str], ...] = (
    ("1", "## 1. Introduction"),
    ("1", "Kvmcloud Network CO., LIMITED"),
    ("1", '"Kvmcloud", "we", "us" and "our"'),
    ("1", '"Services" covers our services, our website ([kvm.hk](https://kvm.hk/)) and related platforms'),
    ("1", "collect, use, disclose and safeguard your information"),
    ("1", "incorporated in Hong Kong and under its law"),
    ("1", "AS210110"),
    ("1", "Using our Services means that you consent to the practices this policy describes."),
    ("1", "we collect no more than it takes"),
    ("1", "to provide our services, to protect our infrastructure and to meet our legal obligations"),
    ("1", "Selling your personal data is something we never do."),
    ("2", "## 2. Information we collect"),
    ("2", "### 2.1 Information you give us"),
    ("2", "Account Information: your name, company name, phone number, email address and billing address"),
    ("2", "Payment Information: credit card details and billing information"),
    ("2", "third-party payment providers process securely for us"),
    ("2", "Communication Data: support tickets, emails and anything else that you and our team write to each other"),
    (
        "2",
        "Technical Configuration: how your servers are configured, IP addresses, and the technical settings you choose",
    ),
    ("2", "### 2.2 Information collected automatically"),
    ("2", "Usage Data: how much bandwidth you use, how much of our resources you consume, and your login history"),
    ("2", "Device Information: operating system, browser type and IP addresses"),
    ("2", "Log Data: performance metrics, error logs and logs of server access"),
    ("2", "### 2.3 Information from third parties"),
    ("2", "Payment processors, credit bureaus or other service providers may give us information."),
    ("2", "to verify your identity or to process payments"),
    ("3", "## 3. How we use your information"),
    ("3", "Service Provision: to deliver our cloud infrastructure services, maintain them and improve them"),
    ("3", "Account Management: to manage accounts, process registrations and give customers support"),
    ("3", "Billing and Payments: to send invoices, process transactions and manage subscriptions"),
    ("3", "Security: to protect our infrastructure, monitor for abuse and detect fraud"),
    ("3", "Legal Compliance: to respond to lawful requests and meet legal and regulatory obligations"),
    ("3", "Communications: to send you updates, service notifications and marketing (with consent)"),
    ("4", "## 4. Data storage and security"),
    ("4", "comprehensive security measures"),
    ("4", "### 4.1 Technical safeguards"),
    ("4", "Data in transit is protected by industry-standard encryption (TLS 1.2+)."),
    ("4", "Sensitive data at rest is kept in encrypted storage."),
    ("4", "Security assessments and penetration tests take place regularly."),
    ("4", "Firewalls protect the network"),
    ("4", "intrusion detection systems"),
    ("4", "For administrative access, we use multi-factor authentication."),
    ("4", "### 4.2 Organizational measures"),
    ("4", "principle of least privilege"),
    ("4", "We train employees in data protection."),
    ("4", "We check the background of employees who have access to data."),
    ("4", "Security audits and compliance reviews take place regularly."),
    ("4", "### 4.3 Data center security"),
    ("4", "secure and SOC 2 compliant"),
    ("4", "monitored 24/7"),
    ("4", "biometric access controls"),
    ("4", "redundant power systems"),
    ("4", "there is no such thing as a completely secure system"),
    ("4", "We are not able to guarantee that your data is absolutely secure."),
    ("5", "## 5. Cookies and tracking"),
    ("5", "To make your experience better, we use cookies and technologies similar to them."),
    ("5", "### 5.1 Types of cookies we use"),
    ("5", "Essential Cookies: the site requires them for its basic functionality"),
    ("5", "for authentication and for security"),
    ("5", "Analytics Cookies: from these we learn what visitors do on our website"),
    ("5", "Google Analytics"),
    ("5", "Preference Cookies: these remember the preferences and settings you have"),
    ("5", "### 5.2 Managing cookies"),
    ("5", "The settings of your browser let you control your cookie preferences."),
    ("5", "If you disable essential cookies, the functionality of the site may be affected."),
    ("5", "### 5.3 Tracking technologies"),
    ("5", "analytics and marketing may make use of pixel tags, web beacons and technologies similar to them"),
    ("5", "Where the law requires your consent, we use them with that consent."),
    ("6", "## 6. Third-party services"),
    ("6", "third-party providers of services, and only with ones we trust"),
    ("6", "### 6.1 Payment processing"),
    ("6", "certified payment processors (e.g., Stripe, PayPal) process the transaction."),
    ("6", "None of our servers stores complete credit card information."),
    ("6", "### 6.2 Cloud infrastructure"),
    ("6", "Third-party cloud infrastructure providers may host some services."),
    ("6", "Contracts bind these providers to keep appropriate security measures in place."),
    ("6", "### 6.3 Analytics services"),
    ("6", "the patterns in which the website is used"),
    ("6", "may collect anonymized data about that visit"),
    ("6", "### 6.4 Legal disclosure"),
    ("6", "a law, a court order or a governmental regulation requires it"),
    ("6", "we believe that disclosure is necessary to protect our rights or to prevent illegal activity"),
    ("7", "## 7. Your rights"),
    ("7", "### 7.1 Access and portability"),
    ("7", "a copy of your personal data"),
    ("7", "commonly used and machine-readable"),
    ("7", "### 7.2 Correction"),
    ("7", "If your personal data is inaccurate or incomplete, you may ask us to correct it."),
    ("7", "### 7.3 Deletion"),
    ("7", "You may ask us to delete your personal data."),
    ("7", "subject to legal requirements to retain data and to outstanding obligations"),
    ("7", "### 7.4 Restriction"),
    ("7", "In certain circumstances, you may ask us to restrict processing."),
    ("7", "### 7.5 Objection"),
    ("7", "Where legitimate interests are the basis of processing, you may object to it."),
    ("7", "You may also object to direct marketing on that ground."),
    ("7", "### 7.6 Withdrawal of consent"),
    ("7", "free to withdraw it at any time"),
    ("7", "write to [support@kvm.hk](mailto:support@kvm.hk) if you want to use any of the rights above"),
    ("7", "Our response will follow within 30 days."),
    ("7", "### 7.7 Complaints"),
    ("7", "entitled to complain to the relevant data protection authority"),
    ("8", "## 8. Data retention"),
    ("8", "no longer than necessary"),
    ("8", "Account Data: as long as your account is active, plus 3 years after termination"),
    ("8", "Usage Logs: for 12 months; this serves security and operational purposes"),
    ("8", "Billing Records: for 7 years, so that legal and tax obligations are met"),
    ("8", "Support Communications: for 3 years, counted from resolution"),
    ("8", "we securely delete or anonymize the data"),
    ("9", "## 9. Cross-border data transfer"),
    ("9", "Your personal data may leave Hong Kong"),
    ("9", "for service delivery, for technical operations or for other legitimate purposes"),
    ("9", "the requirements of the PDPO"),
    ("9", "### 9.1 Transfer safeguards"),
    ("9", "For destination jurisdictions, we carry out adequacy assessments."),
    ("9", "Where required, we put standard contractual clauses in place."),
    ("9", "third parties who receive the data keep to equivalent standards of data protection"),
    ("9", "### 9.2 Data processing locations"),
    ("9", "Your data may be processed in Hong Kong."),
    ("9", "in any jurisdiction in which our infrastructure or one of our service providers operates"),
    ("9", "reasonable steps to make sure that your data is adequately protected"),
    ("9", "### 9.3 Your consent"),
    ("9", "This policy describes the cross-border transfer of your personal data."),
    ("9", "Using our Services means that you acknowledge this transfer and consent to it."),
    ("10", "## 10. Contact information"),
    ("10", "a question about privacy or want to use your rights"),
    ("10", "Kvmcloud Network CO., LIMITED"),
    ("10", "Data Protection Officer"),
    ("10", "Room 1508, 15/F., Office Tower Two Grand Plaza"),
    ("10", "625 Nathan Road, Kowloon, Hong Kong"),
    ("10", "Email: [support@kvm.hk](mailto:support@kvm.hk)"),
    ("10", "Website: [kvm.hk](https://kvm.hk/)"),
    ("Changes", "## Changes to this policy"),
    ("Changes", "From time to time, we may make updates to this policy."),
    ("Changes", "If a change is material, this is how we will notify you"),
    ("Changes", 'we post the new policy on this page and update its "Last Updated" date'),
)

_BEFORE_A_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_NAME = re.compile(r"## (\w+)")
_LEAD = re.compile(r"^(#+ (\d+\. )?|[->] |\d+\. )")
_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|etc|CO|Ltd|No|15/F)\.", re.IGNORECASE)
_END_INSIDE_THE_LINE = re.compile(r"[.!?][\"')*\]]*\s+\S")


def body() -> str:
    """Return the policy without its front matter."""
    return first_version().split("\n---\n", 1)[1]


def sections(text: str) -> dict[str, str]:
    """Return each section's words under its number; the closing one's under `Changes`."""
    return {name[1]: words(part) for part in _BEFORE_A_SECTION.split(text) if (name := _NAME.match(part))}


def words(markdown: str) -> str:
    """Return the text in one line, without bold marks and the marks of boxes."""
    return " ".join(re.sub(r"^> ", "", markdown, flags=re.MULTILINE).replace("**", "").split())


def holds_several_sentences(line: str) -> bool:
    """Whether something follows a full stop, where neither a list's number nor an abbreviation made it."""
    sentence = _LEAD.sub("", line)
    return bool(_END_INSIDE_THE_LINE.search(_ABBREVIATION.sub("", sentence)))


def test_every_fact_of_the_clients_policy_stands_in_its_section() -> None:
    found = sections(body())
    missing = [f"{section}: {fact}" for section, fact in FACTS if fact not in found.get(section, "")]
    assert not missing, "missing from its section:\n" + "\n".join(missing)


def test_the_sections_stand_in_the_clients_order() -> None:
    assert list(sections(body())) == [*map(str, range(1, 11)), "Changes"]


def test_no_line_of_the_first_version_holds_more_than_one_sentence() -> None:
    crowded = [line for line in body().splitlines() if holds_several_sentences(line)]
    assert not crowded, "one sentence per line, please:\n" + "\n".join(crowded)


@pytest.mark.parametrize(
    "line",
    [
        "We keep it. Then we delete it.",
        'We update the "Last Updated" date." You may ask why.',
        "> **Note:** we keep it for 7 years. Then we delete it.",
        "See [kvm.hk](https://kvm.hk/). kvm.hk is ours.",
    ],
)
def test_two_sentences_in_one_line_are_noticed(line: str) -> None:
    assert holds_several_sentences(line)


@pytest.mark.parametrize(
    "line",
    [
        "## 1. Introduction",
        "### 2.1 Information you give us",
        "1. We keep it.",
        "- Kvmcloud Network CO., LIMITED",
        "- Room 1508, 15/F., Office Tower Two Grand Plaza",
        "Payment processors (e.g. Stripe) use TLS 1.2 or later.",
    ],
)
def test_numbers_and_abbreviations_end_no_sentence(line: str) -> None:
    assert not holds_several_sentences(line)
