package dev.sallyport.webhook.kubeconfig;

import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * What stands either in the kubeconfig itself, in base64, or in a file beside it; the former goes
 * first, as in kubectl.
 */
final class NamedFiles {

  private final Path kubeconfig;
  private final FileSource files;

  NamedFiles(Path kubeconfig, FileSource files) {
    this.kubeconfig = kubeconfig;
    this.files = files;
  }

  /** Reads a content as something. */
  interface Parser<T> {
    T parse(FileContent content) throws InvalidFileException;
  }

  /** The content of {@code field-data} or of the file that {@code field} names. */
  Optional<FileContent> content(Fields fields, String field) {
    String data = fields.text(field + "-data");
    String name = fields.text(field);
    if (!data.isEmpty()) {
      return inside(fields, field + "-data", data);
    }
    return name.isEmpty() ? Optional.empty() : file(fields, field, name);
  }

  Optional<FileContent> file(Fields fields, String field, String name) {
    try {
      return Optional.of(files.get(path(name)));
    } catch (InvalidFileException e) {
      fields.fault(field, String.valueOf(e.getMessage()));
    } catch (InvalidPathException e) {
      fields.fault(field, "is no file name");
    }
    return Optional.empty();
  }

  /** Understands a content, or notes why not. */
  <T> Optional<T> parse(Fields fields, String field, FileContent content, Parser<T> parser) {
    try {
      return Optional.of(parser.parse(content));
    } catch (InvalidFileException e) {
      boolean inside = content.file().equals(kubeconfig);
      fields.fault(
          inside ? field + "-data" : field, inside ? e.fault() : String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<FileContent> inside(Fields fields, String field, String data) {
    try {
      return Optional.of(new FileContent(kubeconfig, Base64.getMimeDecoder().decode(data)));
    } catch (IllegalArgumentException e) {
      fields.fault(field, "is no base64");
      return Optional.empty();
    }
  }

  /** Relative names start at the kubeconfig's own folder. */
  private Path path(String name) {
    return kubeconfig.resolveSibling(name);
  }
}
