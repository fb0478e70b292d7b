# Fails where a plugin does not export `silex_plugin`: -DNM=nm -DPLUGIN=file.
execute_process(COMMAND ${NM} -D --defined-only ${PLUGIN} OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
if(NOT failed AND NOT symbols MATCHES " [BDR] silex_plugin(@|\n)")
  message(FATAL_ERROR "${PLUGIN} exports no silex_plugin, by which it would be found: define it once, in C++ inside extern \"C\", "
                      "as silex/plugin.h declares it")
endif()
