package dev.sallyport.config.options;

import dev.sallyport.config.ServerConfig;
import java.util.List;

/** What a command line asks for. */
public sealed interface Invocation {

  /** Serve, after telling the warnings. */
  record Serve(ServerConfig config, List<String> warnings) implements Invocation {
    public Serve {
      warnings = List.copyOf(warnings);
    }
  }

  /** Print the help. */
  record Help() implements Invocation {}

  /** Print the versions. */
  record Version() implements Invocation {}
}
