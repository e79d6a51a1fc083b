package dev.sallyport.server.cli;

import dev.sallyport.config.ConfigException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Where the process begins: picks the command and tells how it ended. */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** {@code sallyport [flags]} serves; {@code sallyport help} tells of the rest. */
  public static void main(String[] args) {
    int code = run(List.of(args), System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    Map<String, Command> commands =
        Map.of(
            "kubeconfig",
            new KubeconfigCommand(Clock.systemUTC()),
            "certificate",
            new CertificateCommand(Clock.systemUTC()),
            "check-config",
            new CheckConfigCommand(),
            "token",
            new TokenCommand(Clock.systemUTC()),
            "whoami",
            (rest, to) -> new WhoamiCommand().run(rest, to),
            "version",
            (rest, to) -> VersionText.print(to),
            "help",
            (rest, to) -> HelpText.print(to));
    Command named = args.isEmpty() ? null : commands.get(args.get(0));
    try {
      if (named != null) {
        named.run(args.subList(1, args.size()), out);
      } else {
        new ServeCommand(Clock.systemUTC()).run(args, out);
      }
      return 0;
    } catch (ConfigException e) {
      e.faults().forEach(err::println);
      return FAILED;
    } catch (CommandFailure e) {
      err.println("sallyport: " + e.getMessage());
      return FAILED;
    } catch (RuntimeException e) {
      // Nothing a flag could change: the log has the trace where it was asked for.
      LoggerFactory.getLogger(Main.class).debug("The start failed", e);
      err.println("sallyport: cannot go on: " + reason(e));
      return FAILED;
    }
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
