package dev.sallyport.server.cli;

import static dev.sallyport.config.flags.ValueType.FILE;
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
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The flags of commands that ask a running server. */
final class ServerAccess {
  final FlagSection section;
  final Faults faults = new Faults();

  private final Flag<Optional<Path>> kubeconfig;
  private final Flag<Optional<Path>> dataDir;
  private final Flag<Boolean> help;
  private final String environment;

  /**
   * @param title the command's name on the help page
   */
  ServerAccess(String title) {
    this(title, System.getenv().getOrDefault("KUBECONFIG", ""));
  }

  /**
   * @param environment files as kubectl's KUBECONFIG lists them, "" for none
   */
  ServerAccess(String title, String environment) {
    this.environment = environment;
    section = new FlagSection(title);
    kubeconfig =
        section.flag(
            "kubeconfig",
            FILE,
            "",
            "The server and who asks it. Default: the admin.kubeconfig of --data-dir if that is"
                + " given, else what the environment's KUBECONFIG names, else sallyport-data's.");
    dataDir = StorageOptions.dataDir(section);
    help = section.flag("help", 'h', SWITCH, "false", "Print this help and end.");
  }

  /**
   * Reads the words; empty if only help was asked for, which is printed; else those without flag.
   */
  Optional<List<String>> read(String usage, List<String> args, PrintStream out) {
    FlagTable table = new FlagTable(List.of(section));
    List<String> words = CommandLine.read(args, table, faults);
    if (help.read(faults)) {
      out.print(usage + HelpPage.text(table));
      return Optional.empty();
    }
    return Optional.of(words);
  }

  /** The server, once all flags have been read. */
  ApiClient open() {
    faults.throwIfAny();
    Path file = file();
    try {
      return new ApiClient(Kubeconfig.read(file));
    } catch (InvalidFileException e) {
      throw new ConfigException(
          FileFault.of("--kubeconfig", file, "the kubeconfig of a running server", e));
    }
  }

  /** Which kubeconfig is meant. */
  Path file() {
    Optional<Path> given = kubeconfig.read(faults);
    if (given.isPresent()) {
      return given.get();
    }
    List<Path> listed =
        Stream.of(environment.split(File.pathSeparator, -1))
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .toList();
    if (dataDir.isSet() || listed.isEmpty()) {
      return dataDir.read(faults).orElse(Path.of(".")).resolve("admin.kubeconfig");
    }
    return listed.stream().filter(Files::exists).findFirst().orElse(listed.get(0));
  }
}
