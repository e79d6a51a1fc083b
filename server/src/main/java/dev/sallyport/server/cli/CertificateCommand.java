package dev.sallyport.server.cli;

import static dev.sallyport.config.flags.ValueType.STRING;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.file.AtomicFile;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.options.FileFault;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** {@code sallyport certificate}: makes a client's certificate and key, as two PEM files. */
final class CertificateCommand implements Command {
  private static final String USAGE =
      """
      Makes NAME.crt and NAME.key: a client certificate from the CA that the server's first start
      made, and its key.

      Usage:
        sallyport certificate --user NAME [--group NAME]… [--out NAME] [flags]
      """;

  private final Clock clock;

  CertificateCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void run(List<String> args, PrintStream out) {
    ClientOptions options = new ClientOptions();
    Flag<String> name =
        options.section.flag(
            "out", STRING, "", "The files' name without .crt and .key. Default: the user's name.");
    if (!options.read(USAGE, args, out)) {
      return;
    }
    String base = name.read(options.faults);
    Path stem = Path.of(base.isEmpty() ? options.user().replaceAll("[/:]", "_") : base);
    CertifiedKey pair = options.issue(clock);
    write(Path.of(stem + ".key"), PemWriter.clientKey(pair), out);
    write(Path.of(stem + ".crt"), PemWriter.certificates(pair.chain()), out);
  }

  static void write(Path file, String text, PrintStream out) {
    try {
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidFileException e) {
      throw new ConfigException(FileFault.of("--out", "a file that can be written", e));
    }
    out.println("wrote " + file);
  }
}
