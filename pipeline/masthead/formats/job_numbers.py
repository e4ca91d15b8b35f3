"""Job numbers in sources that name the language of the document as well."""

from __future__ import annotations

from masthead.document import JobNumber, Language, SourceError, organizations


def parse_job(text: str, language: Language, where: str) -> JobNumber:
    """Return the job number in `text`. Raises SourceError if it is invalid or has the letter of another language."""
    try:
        job = JobNumber.parse(text)
    except ValueError as error:
        message = str(error)
    else:
        if job.language is language:
            return job
        message = f"the job number's letter {job.language.letter} is not that of the language {language}"
    example = organizations.current().job_example
    hint = f"write it like this: {example} ({language.letter})" if example else "remove it: the organization has none"
    raise SourceError(message, where=where, hint=hint)
