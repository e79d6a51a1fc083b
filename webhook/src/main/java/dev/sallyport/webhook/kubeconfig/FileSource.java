package dev.sallyport.webhook.kubeconfig;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.List;

/** Where the files that a kubeconfig names come from. */
@FunctionalInterface
public interface FileSource {

  FileContent get(Path file) throws InvalidFileException;

  /** Those that a watcher has read. */
  static FileSource of(List<FileContent> contents) {
    return wanted -> {
      for (FileContent content : contents) {
        if (content.file().equals(wanted)) {
          return content;
        }
      }
      throw new InvalidFileException(wanted, "has not been read yet");
    };
  }
}
