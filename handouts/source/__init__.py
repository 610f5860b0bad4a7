"""Files to records: front matter, blocks, programs, brands. Line numbers are kept."""
