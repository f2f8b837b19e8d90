"""The one door to PyMuPDF. These modules run inside the limited child process; nothing else imports them."""
