/* The size of the report is not set. */
#define REPORT_SIZE 0
#include "base.h"
