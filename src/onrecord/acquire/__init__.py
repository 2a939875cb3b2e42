"""Files, HTML, JSON lines → Article | Reject: text as received, passages labelled, metadata found."""
