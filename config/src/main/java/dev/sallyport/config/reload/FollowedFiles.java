package dev.sallyport.config.reload;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A file and those that it leads to today. */
final class FollowedFiles implements FileList {

  private final Path first;
  private final FileReferences references;

  FollowedFiles(Path first, FileReferences references) {
    this.first = first;
    this.references = references;
  }

  @Override
  public List<Path> files() throws InvalidFileException {
    Set<Path> files = new LinkedHashSet<>();
    files.add(first);
    files.addAll(references.in(FileContent.read(first)));
    return new ArrayList<>(files);
  }
}
