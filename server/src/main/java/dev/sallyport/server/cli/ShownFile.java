package dev.sallyport.server.cli;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.options.FileFault;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file that holds somebody's credential: a kubeconfig, PEM certificates or a token. A private key
 * in it stays here.
 */
final class ShownFile {
  private static final String SCHEME = "Bearer ";

  private ShownFile() {}

  /** The certificates or the token, as the server wants to be shown them. */
  static byte[] credential(Path file) {
    try {
      FileContent content = FileContent.read(file);
      String text = new String(content.bytes(), StandardCharsets.UTF_8);
      if (text.contains("-----BEGIN ")) {
        return bytes(PemWriter.certificates(Certificates.parse(content)));
      }
      return text.contains("kind: Config") || text.contains("\"kind\"")
          ? of(Kubeconfig.read(file))
          : bytes(text.strip());
    } catch (InvalidFileException e) {
      throw new ConfigException(
          FileFault.of("--of", file, "a kubeconfig, PEM certificates or a token", e));
    }
  }

  private static byte[] of(WebhookTarget target) {
    if (target.authorization().isPresent()) {
      String header = target.authorization().get().reveal();
      return bytes(header.startsWith(SCHEME) ? header.substring(SCHEME.length()) : header);
    }
    return bytes(
        target
            .peer()
            .identity()
            .map(pair -> PemWriter.certificates(pair.chain()))
            .orElseThrow(() -> new CommandFailure("--of: the kubeconfig holds no credential")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
