"""What was written, and where exactly: reading files into articles, sentences and passages. No machine learning."""
