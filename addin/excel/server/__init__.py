"""Excel anywhere: the same buttons and functions through xlwings Server, from one machine of the school.

`start` is what `markbook serve` does, with `settings` for xlwings Server's own settings; `app` is the application that each
worker runs, `gate` what stands in front of it, `log` what it may say. `scripts` has what the buttons and the task pane call: they
hand their answer to the client (`answer`), which shows it; `glance` and `decision` are the task pane's, `files` the e-mail's.
`project` is the folder that xlwings Server serves: manifest, page, scripts and icons (made by `icons`).

xlwings Server is for noncommercial use, which covers schools, or needs a key; nothing outside this folder imports it.
"""
