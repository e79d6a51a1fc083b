package dev.sallyport.authn.configuration;

import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that a configuration names; relative names start at its own folder.
 *
 * @param config the configuration
 * @param read what a watcher has read already; others are read when they are asked for
 */
record NamedFiles(Path config, List<FileContent> read) {

  NamedFiles {
    read = List.copyOf(read);
  }

  /** Understands a file. */
  interface Parser<T> {
    T parse(FileContent content) throws InvalidFileException;
  }

  /** What the file that a field names holds; null with the faults noted. */
  <T> @Nullable T parse(Fields fields, String field, Parser<T> parser) {
    try {
      return parser.parse(get(config.resolveSibling(fields.text(field))));
    } catch (InvalidFileException e) {
      List<String> told = e.faults().isEmpty() ? List.of(e.fault()) : e.faults();
      told.forEach(fault -> fields.fault(field, e.file() + ": " + fault));
    } catch (InvalidPathException e) {
      fields.fault(field, "is no file name");
    }
    return null;
  }

  FileContent get(Path file) throws InvalidFileException {
    for (FileContent content : read) {
      if (content.file().equals(file)) {
        return content;
      }
    }
    return FileContent.read(file);
  }

  /**
   * One line of printable ASCII without white space at its ends.
   *
   * @throws InvalidFileException when it is empty or anything else, which is not quoted
   */
  static String secret(FileContent content) throws InvalidFileException {
    String text = new String(content.bytes(), StandardCharsets.UTF_8).strip();
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new InvalidFileException(
          content.file(), "holds no secret (expected: one line of printable ASCII)");
    }
    return text;
  }
}
