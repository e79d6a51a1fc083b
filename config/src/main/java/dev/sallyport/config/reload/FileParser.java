package dev.sallyport.config.reload;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.util.List;

/** Makes a value of the files that hold it. Called from the watcher's thread and at start. */
@FunctionalInterface
public interface FileParser<T> {

  /**
   * @param files the files in the order in which they were named
   * @throws InvalidFileException when they do not (or not yet) make a value
   */
  T parse(List<FileContent> files) throws InvalidFileException;
}
