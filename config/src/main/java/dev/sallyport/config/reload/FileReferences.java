package dev.sallyport.config.reload;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.List;

/** Which further files a file leads to. Called from the watcher's thread and at start. */
@FunctionalInterface
public interface FileReferences {

  /**
   * @throws InvalidFileException when the file cannot be understood
   */
  List<Path> in(FileContent file) throws InvalidFileException;
}
