"""What an answer looks like in HTML, on the page and in the report: templates, style, and how they are filled in."""
