/* What is called libpython here: it is only ever linked. */
__attribute__((visibility("default"))) int Py_of_nobody(void);
int Py_of_nobody(void) {
  return 0;
}
