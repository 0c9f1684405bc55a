"""Values laid out as text or bytes; nothing is decided here."""
