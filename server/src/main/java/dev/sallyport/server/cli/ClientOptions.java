package dev.sallyport.server.cli;

import static dev.sallyport.config.flags.ValueType.ARRAY;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.INT;
import static dev.sallyport.config.flags.ValueType.STRING;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Faults;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.flags.CommandLine;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.FlagTable;
import dev.sallyport.config.flags.HelpPage;
import dev.sallyport.config.options.FileFault;
import dev.sallyport.config.options.StorageOptions;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.server.bootstrap.Authority;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The flags that make a client's certificate from the data directory's CA. */
final class ClientOptions {
  final FlagSection section = new FlagSection("Client");
  final Faults faults = new Faults();

  private final Flag<String> user =
      section.flag("user", STRING, "", "The user's name: the certificate's CN.");
  private final Flag<List<String>> groups =
      section.flag(
          "group", ARRAY, "", "A group of the user: one of the certificate's O. May be repeated.");
  private final Flag<Integer> days =
      section.flag("days", INT, "365", "How many days the certificate is valid.");
  private final Flag<Optional<Path>> dataDir = StorageOptions.dataDir(section);
  private final Flag<Optional<Path>> certDir =
      section.flag("cert-dir", FILE, "", "The folder of ca.crt and ca.key. Default: --data-dir.");
  private final Flag<Boolean> help =
      section.flag("help", 'h', SWITCH, "false", "Print this help and end.");

  /** Reads the words; answers false if only help was asked for, which is printed. */
  boolean read(String usage, List<String> args, PrintStream out) {
    FlagTable table = new FlagTable(List.of(section));
    for (String word : CommandLine.read(args, table, faults)) {
      faults.add("sallyport", word, "only flags behind the command");
    }
    if (help.read(faults)) {
      out.print(usage + HelpPage.text(table));
      return false;
    }
    faults.check(!user.read(faults).isBlank(), "--user", "", "the user's name");
    faults.check(days.read(faults) > 0, "--days", days.text(), "1 or more");
    faults.throwIfAny();
    return true;
  }

  String user() {
    return user.read(faults);
  }

  Path folder() {
    return certDir.read(faults).or(() -> dataDir.read(faults)).orElse(Path.of("."));
  }

  Path dataFolder() {
    return dataDir.read(faults).orElse(Path.of("."));
  }

  /** A fresh key and its certificate. */
  CertifiedKey issue(Clock clock) {
    try {
      return Authority.in(folder(), clock)
          .client(user(), groups.read(faults), Duration.ofDays(days.read(faults)));
    } catch (InvalidFileException e) {
      throw broken(e);
    }
  }

  /** The CA that clients check the server with. */
  String authorities(Clock clock) {
    try {
      return Authority.in(folder(), clock).pem();
    } catch (InvalidFileException e) {
      throw broken(e);
    }
  }

  private ConfigException broken(InvalidFileException e) {
    String flag = certDir.isSet() ? "--cert-dir" : "--data-dir";
    return new ConfigException(
        FileFault.of(flag, folder(), "the folder of a server that has started once", e));
  }
}
