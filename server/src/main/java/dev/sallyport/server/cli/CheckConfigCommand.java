package dev.sallyport.server.cli;

import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.server.assembly.GivenFileChecks;
import dev.sallyport.server.logging.Logs;
import java.io.PrintStream;
import java.util.List;

/**
 * A rehearsal of the start: takes the server's flags, reads every file that they name, compiles
 * every expression in them, and starts and writes nothing.
 */
final class CheckConfigCommand implements Command {

  @Override
  public void run(List<String> args, PrintStream out) {
    Logs.silence();
    Invocation invocation = ServerOptions.read(args, GivenFileChecks.all());
    if (invocation instanceof Invocation.Serve serve) {
      serve.warnings().forEach(warning -> out.println("warning: " + warning));
      out.println("The server would start with these flags and files.");
    } else {
      HelpText.print(out);
    }
  }
}
