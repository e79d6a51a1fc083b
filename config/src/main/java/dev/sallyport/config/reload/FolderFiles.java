package dev.sallyport.config.reload;

import dev.sallyport.config.file.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder that end in one of some suffixes, by name. */
final class FolderFiles implements FileList {

  private final Path folder;
  private final List<String> suffixes;

  FolderFiles(Path folder, List<String> suffixes) {
    this.folder = folder;
    this.suffixes = List.copyOf(suffixes);
  }

  @Override
  public List<Path> files() throws InvalidFileException {
    if (!Files.isDirectory(folder)) {
      return List.of(folder);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.filter(this::counts).sorted().toList();
      if (files.isEmpty()) {
        throw new InvalidFileException(
            folder, "holds no file ending in " + String.join(", ", suffixes));
      }
      return files;
    } catch (IOException e) {
      throw new InvalidFileException(folder, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Mounted folders hold hidden entries that lead to the same files again. */
  private boolean counts(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && suffixes.stream().anyMatch(name::endsWith)
        && Files.isRegularFile(file);
  }
}
