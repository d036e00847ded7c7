"""`policy notify`: plan a notice, send exactly that plan, see how it stands."""

import typer

from toolkit.cli import notify_plan, notify_send, notify_settle, notify_show

app = typer.Typer(help="Tell customers of a new version.", no_args_is_help=True, rich_markup_mode=None)
app.command()(notify_plan.plan)
app.command()(notify_settle.preflight)
app.command()(notify_send.send)
app.command()(notify_show.status)
app.command()(notify_send.pause)
app.command()(notify_send.resume)
app.command()(notify_send.cancel)
app.command()(notify_settle.settle)
app.command()(notify_show.mail)
