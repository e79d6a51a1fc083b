package dev.sallyport.server.cli;

import static dev.sallyport.config.flags.ValueType.ARRAY;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.STRING;

import dev.sallyport.config.flags.Flag;
import dev.sallyport.server.bootstrap.Kubeconfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code sallyport kubeconfig}: makes a user's kubeconfig, everything in one file. */
final class KubeconfigCommand implements Command {
  private static final String USAGE =
      """
      Makes a kubeconfig with a client certificate from the CA that the server's first start made.

      Usage:
        sallyport kubeconfig --user NAME [--group NAME]… [--cluster NAME]… [--out FILE] [flags]
      """;

  private static final String LOCAL = "https://127.0.0.1:6443";
  private static final String SERVER = "    server: ";

  private final Clock clock;

  KubeconfigCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void run(List<String> args, PrintStream out) {
    ClientOptions options = new ClientOptions();
    Flag<String> server =
        options.section.flag(
            "server",
            STRING,
            "",
            "The server's URL. Default: the one in the data directory's admin.kubeconfig.");
    Flag<Optional<Path>> file =
        options.section.flag("out", FILE, "", "The file to write. Default: standard output.");
    Flag<List<String>> clusters =
        options.section.flag(
            "cluster",
            ARRAY,
            "",
            "A cluster that the server stands before, by its name below /clusters; repeated for"
                + " more. Each becomes a context of its own.");
    if (!options.read(USAGE, args, out)) {
      return;
    }
    String url = server.isSet() ? server.read(options.faults) : known(options.dataFolder());
    Kubeconfig made =
        new Kubeconfig(url, options.authorities(clock), options.user(), options.issue(clock));
    List<String> names =
        clusters.read(options.faults).stream().filter(name -> !name.isEmpty()).toList();
    String text = names.isEmpty() ? made.text() : made.clusters(names);
    Optional<Path> target = file.read(options.faults);
    if (target.isPresent()) {
      CertificateCommand.write(target.get(), text, out);
    } else {
      out.print(text);
      out.flush();
    }
  }

  /** The URL that the last start wrote down. */
  private static String known(Path dataFolder) {
    try {
      return Files.readAllLines(dataFolder.resolve("admin.kubeconfig")).stream()
          .filter(line -> line.startsWith(SERVER))
          .map(line -> line.substring(SERVER.length()))
          .findFirst()
          .orElse(LOCAL);
    } catch (IOException e) {
      return LOCAL;
    }
  }
}
