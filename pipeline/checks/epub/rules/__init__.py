"""The project's own rules: what EPUBCheck lets pass and reading systems don't.

A rule is a function that yields what breaks it; the tables say which code it
has, whose sentence stands in the catalogue, and where the rule comes from.
"""

from __future__ import annotations

from pipeline.checks.epub.navigation import contents_lists, places
from pipeline.checks.epub.publication import Publication
from pipeline.checks.epub.rules import claims, contents, documents, packaging, styles
from pipeline.checks.epub.rules.rule import Subject
from pipeline.diagnostics import Diagnostic, Report
from pipeline.source import Span

RULES = (
    *packaging.RULES,
    *documents.RULES,
    *contents.RULES,
    *styles.RULES,
    *claims.RULES,
)
"""Every rule."""


def judge(publication: Publication, report: Report) -> None:
    """Report everything in ``publication`` that breaks a rule."""
    subject = Subject(publication, contents_lists(publication), places(publication))
    for rule in RULES:
        for finding in rule.find(subject):
            span = Span(finding.file, finding.line, finding.line)
            report(Diagnostic(rule.code, span, finding.values))
