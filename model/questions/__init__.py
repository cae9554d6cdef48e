"""Practice by topic with exact answers: from a topic, a level and a seed come a question, its answer, its steps, and the wrong
answers that give a misconception away. SymPy works with exact numbers; scoring never imports this room."""
