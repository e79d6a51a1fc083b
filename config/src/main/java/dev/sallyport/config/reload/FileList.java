package dev.sallyport.config.reload;

import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.List;

/** Which files make a value, at this moment. */
@FunctionalInterface
interface FileList {
  List<Path> files() throws InvalidFileException;
}
