"""The panel as a Qt widget, with whichever PySide the host brings. Main thread.

A timer looks four times a second and touches only what changed; nothing in it waits.
"""

from . import model

try:
    from PySide6 import QtCore, QtWidgets
except ImportError:
    try:
        from PySide2 import QtCore, QtWidgets
    except ImportError:
        QtCore = QtWidgets = None

_INTERVAL_MS = 250
_open = []  # the panel, while it is open


def is_available():
    """Whether there are a binding and an application: we never make one, the loop is the host's."""
    return QtWidgets is not None and isinstance(QtWidgets.QApplication.instance(), QtWidgets.QApplication)


def show(parent=None, parent_named=None):
    if parent is None and parent_named is not None:
        named = [each for each in QtWidgets.QApplication.topLevelWidgets() if each.objectName() == parent_named]
        parent = named[0] if named else None
    if not _open:
        _open.append(Panel(parent))
        # Its parent may take it along, without an event of closing.
        _open[0].destroyed.connect(_open.clear)
    panel = _open[0]
    panel.show()
    panel.raise_()
    return panel


def close():
    """Closes the panel where it is open: before the package goes."""
    if _open:
        _open[0].close()


if QtWidgets is not None:

    def _text():
        """A label that shows what it is given as it is: Qt takes some texts for HTML otherwise."""
        label = QtWidgets.QLabel()
        label.setTextFormat(QtCore.Qt.PlainText)
        label.setWordWrap(True)
        return label

    class _Row(QtWidgets.QWidget):
        """One action: its name, a bar, a button."""

        def __init__(self, row):
            super().__init__()
            self.uuid = row.uuid
            self.label = _text()
            self.bar = QtWidgets.QProgressBar()
            self.cancel = QtWidgets.QPushButton("Cancel")
            self.cancel.clicked.connect(self._cancel)
            layout = QtWidgets.QHBoxLayout(self)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(self.label, 2)
            layout.addWidget(self.bar, 3)
            layout.addWidget(self.cancel)
            self.fill(row)

        def fill(self, row):
            self.label.setText(f"{row.label}: {row.state}")
            # A bar from 0 to 0 is one that only says that something happens.
            self.bar.setRange(0, 0 if row.progress is None else 100)
            self.bar.setValue(0 if row.progress is None else round(row.progress))

        def _cancel(self):
            self.cancel.setEnabled(False)
            model.cancel(self.uuid)

    class Panel(QtWidgets.QWidget):
        """The window."""

        def __init__(self, parent=None):
            super().__init__(parent, QtCore.Qt.Window)
            self.setObjectName("SilexPanel")
            self.setWindowTitle("Silex")
            self.setAttribute(QtCore.Qt.WA_DeleteOnClose)
            self.headline = _text()
            self.nothing = QtWidgets.QLabel("No action runs")
            self.rows = QtWidgets.QVBoxLayout()
            self.warning = _text()
            layout = QtWidgets.QVBoxLayout(self)
            layout.addWidget(self.headline)
            layout.addWidget(self.nothing)
            layout.addLayout(self.rows)
            layout.addStretch()
            layout.addWidget(self.warning)
            self.resize(460, 240)
            self.view = None
            self.refresh()
            self.timer = QtCore.QTimer(self)
            self.timer.timeout.connect(self.refresh)
            self.timer.start(_INTERVAL_MS)

        def refresh(self):
            """Shows what there is now."""
            view = model.read()
            if view != self.view:
                self.view = view
                self._fill(view)

        def row_widgets(self):
            return [self.rows.itemAt(number).widget() for number in range(self.rows.count())]

        def closeEvent(self, event):
            self.timer.stop()
            _open.clear()
            super().closeEvent(event)

        def _fill(self, view):
            self.headline.setText(view.headline)
            self.nothing.setVisible(not view.rows)
            self.warning.setText(view.warning)
            self.warning.setVisible(bool(view.warning))
            shown = {widget.uuid: widget for widget in self.row_widgets()}
            for number, row in enumerate(view.rows):
                widget = shown.pop(row.uuid, None)
                if widget is None:
                    self.rows.insertWidget(number, _Row(row))
                else:
                    widget.fill(row)
            for widget in shown.values():
                self.rows.removeWidget(widget)
                widget.deleteLater()
