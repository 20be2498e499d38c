"""Demo content: texts and facts as data files, slide decks drawn from them, and the code that loads both."""
