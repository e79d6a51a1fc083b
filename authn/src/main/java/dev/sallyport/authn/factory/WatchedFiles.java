package dev.sallyport.authn.factory;

import dev.sallyport.config.Fault;
import dev.sallyport.config.Faults;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileParser;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has files watched and gathers what is wrong with them by their flags. For one thread. */
final class WatchedFiles {
  private final FileWatcher watcher;
  private final Faults faults = new Faults();

  WatchedFiles(FileWatcher watcher) {
    this.watcher = watcher;
  }

  /** The files' value, or null when there is none; then the fault is noted. */
  <T> @Nullable Watched<T> watch(
      String flag, List<Path> files, String expected, FileParser<T> parser) {
    return watch(flag, expected, watching -> watching.watch(files, parser));
  }

  /** A step that has files watched. */
  interface Step<T> {
    Watched<T> with(FileWatcher watcher) throws InvalidFileException;
  }

  /** As above, for files that are found on the way. */
  <T> @Nullable Watched<T> watch(String flag, String expected, Step<T> step) {
    try {
      return step.with(watcher);
    } catch (InvalidFileException e) {
      List<String> told = e.faults().isEmpty() ? List.of(e.fault()) : e.faults();
      for (String fault : told) {
        faults.add(new Fault(flag, e.file().toString(), expected + ": " + fault));
      }
      return null;
    }
  }

  Faults faults() {
    return faults;
  }
}
