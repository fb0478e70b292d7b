"""The Qt panel, without a screen, over a runtime that says what the test wants."""

import io
import os
import sys
import unittest
from contextlib import redirect_stdout

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
try:
    from PySide2 import QtWidgets
except ImportError:
    print("skipped: there is no PySide2 (Debian: python3-pyside2.qtwidgets)")
    sys.exit(77)

import silex
import silex.panel
from silex.panel import model, qt


class PanelWithoutQt(unittest.TestCase):
    """Runs before there is an application."""

    def test_shows_text(self):
        silex.state.__init__()
        silex.state.running = True
        silex.state.actions = [silex.Action("a", "Publish", progress=41.6)]
        silex.state.last_warning = "the loop was held for 3 s by 'export'"
        shown = io.StringIO()
        with redirect_stdout(shown):
            self.assertIsNone(silex.panel.show())
        self.assertIn("Publish: processing 42 %", shown.getvalue())
        self.assertIn("warning: the loop was held for 3 s", shown.getvalue())


class Panel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.application = QtWidgets.QApplication.instance() or QtWidgets.QApplication([])

    def setUp(self):
        silex.state.__init__()
        silex.state.running = True
        self.panel = silex.panel.show()
        self.addCleanup(silex.panel.close)

    def rows(self):
        return self.panel.row_widgets()

    def test_says_whether_there_is_a_connection(self):
        for connection, words in [
            ("off", "names a service"),
            ("connecting", "Connecting to ws://127.0.0.1:5118"),
            ("connected", "Connected to ws://127.0.0.1:5118"),
            ("back-off", "does not answer"),
        ]:
            silex.state.connection = connection
            self.panel.refresh()
            self.assertIn(words, self.panel.headline.text())
        silex.state.running = False
        self.panel.refresh()
        self.assertEqual(self.panel.headline.text(), "Silex does not run")

    def test_has_a_bar_for_each_action_and_keeps_the_widget_while_it_runs(self):
        one, two = silex.Action("a", "Publish", progress=10), silex.Action("b", "Render")
        silex.state.actions = [one, two]
        self.panel.refresh()
        first, second = self.rows()
        self.assertEqual((first.bar.value(), first.bar.maximum()), (10, 100))
        self.assertEqual(second.bar.maximum(), 0)  # busy: nobody tells how far it is
        one.progress = 70
        self.panel.refresh()
        self.assertIs(self.rows()[0], first)
        self.assertEqual(first.bar.value(), 70)
        silex.state.actions = [two]
        self.panel.refresh()
        self.assertEqual(self.rows(), [second])
        self.assertTrue(self.panel.nothing.isHidden())
        silex.state.actions = []
        self.panel.refresh()
        self.assertFalse(self.panel.nothing.isHidden())

    def test_new_actions_come_where_the_runtime_has_them(self):
        silex.state.actions = [silex.Action("a", "A"), silex.Action("c", "C")]
        self.panel.refresh()
        silex.state.actions.insert(1, silex.Action("b", "B"))
        self.panel.refresh()
        self.assertEqual([row.uuid for row in self.rows()], ["a", "b", "c"])

    def test_the_button_cancels_once(self):
        action = silex.Action("a", "Publish")
        silex.state.actions = [action]
        self.panel.refresh()
        button = self.rows()[0].cancel
        button.click()
        button.click()
        self.assertEqual(action.cancelled, 1)

    def test_the_button_of_one_that_has_ended_does_nothing(self):
        silex.state.actions = [silex.Action("a", "Publish")]
        self.panel.refresh()
        button = self.rows()[0].cancel
        silex.state.actions = []
        button.click()

    def test_names_are_shown_as_they_are(self):
        silex.state.actions = [silex.Action("a", "<b>bold</b><img src=x>")]
        self.panel.refresh()
        label = self.rows()[0].label
        self.assertEqual(label.textFormat(), label.textFormat().PlainText)
        self.assertIn("<b>bold</b>", label.text())

    def test_fills_its_widgets_only_when_something_changed(self):
        filled = []
        self.panel._fill = filled.append
        self.panel.refresh()
        self.assertEqual(filled, [])
        silex.state.connection = "connected"
        self.panel.refresh()
        self.panel.refresh()
        self.assertEqual(len(filled), 1)

    def test_looks_by_itself(self):
        silex.state.last_warning = "by the timer"
        for _ in range(10_000):
            self.application.processEvents()
            if self.panel.warning.text():
                break
            self.panel.timer.setInterval(0)
        self.assertEqual(self.panel.warning.text(), "by the timer")

    def test_an_error_is_shown_and_not_raised(self):
        silex.state.actions = [object()]
        self.panel.refresh()
        self.assertIn("could not read the status", self.panel.warning.text())

    def test_there_is_one_and_it_opens_again(self):
        self.assertIs(silex.panel.show(), self.panel)
        self.panel.close()
        self.assertFalse(self.panel.timer.isActive())
        again = silex.panel.show()
        self.assertIsNot(again, self.panel)

    def test_stays_in_front_of_the_named_window_and_goes_with_it(self):
        silex.panel.close()
        window = QtWidgets.QMainWindow()
        window.setObjectName("HostWindow")
        panel = silex.panel.show(parent_named="HostWindow")
        self.assertIs(panel.parent(), window)
        import shiboken2

        shiboken2.delete(window)
        self.panel = silex.panel.show()
        self.assertIsNone(self.panel.parent())

    def test_two_hundred_actions_are_shown(self):
        silex.state.actions = [silex.Action(str(number), f"Action {number}", progress=number / 2) for number in range(200)]
        self.panel.refresh()
        self.assertEqual(len(self.rows()), 200)

    def test_paints_something(self):
        silex.state.actions = [silex.Action("a", "Publish", progress=50)]
        self.panel.refresh()
        self.application.processEvents()
        picture = self.panel.grab().toImage()
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)}
        self.assertGreater(len(colours), 8)
        if "SILEX_RESULTS" in os.environ:
            os.makedirs(os.environ["SILEX_RESULTS"], exist_ok=True)
            picture.save(os.path.join(os.environ["SILEX_RESULTS"], "qt_panel.png"))


class Model(unittest.TestCase):
    def test_views_that_look_the_same_are_equal(self):
        silex.state.__init__()
        silex.state.running = True
        silex.state.actions = [silex.Action("a", "Publish", progress=3)]
        self.assertEqual(model.read(), model.read())

    def test_an_action_without_label_has_its_name(self):
        silex.state.__init__()
        silex.state.running = True
        silex.state.actions = [silex.Action("a", "")]
        self.assertEqual(model.read().rows[0].label, "name of ")

    def test_cancelling_what_has_ended_says_so(self):
        silex.state.__init__()
        self.assertFalse(model.cancel("gone"))

    def test_an_application_is_needed_and_never_made(self):
        self.assertEqual(qt.is_available(), QtWidgets.QApplication.instance() is not None)


def load_tests(loader, _standard, _pattern):
    suite = unittest.TestSuite()
    for case in (PanelWithoutQt, Panel, Model):
        suite.addTests(loader.loadTestsFromTestCase(case))
    return suite


if __name__ == "__main__":
    unittest.main(verbosity=1)
