package dev.sallyport.config.reload;

import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches all files of a server by one daemon thread. It polls, since files are also replaced by
 * links, mounts and editors that no notification tells of.
 *
 * <p>A change is taken over when it parses; until then the last good value stays and the fault is
 * logged once.
 */
public final class FileWatcher implements AutoCloseable {

  /** Half of the second after which nothing may be stale. */
  public static final Duration INTERVAL = Duration.ofMillis(500);

  private final List<Watch<?>> watches = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread worker = new Thread(task, "file-watcher");
            worker.setDaemon(true);
            return worker;
          });

  /** Begins to poll in the background. Without it, {@link #poll()} is the only step. */
  public void start(Duration interval) {
    long millis = interval.toMillis();
    var unused = thread.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Reads the files now, and again whenever they change.
   *
   * @throws InvalidFileException when they make no value now
   */
  public <T> Watched<T> watch(List<Path> files, FileParser<T> parser) throws InvalidFileException {
    List<Path> fixed = List.copyOf(files);
    return add(new Watch<>(() -> fixed, parser));
  }

  /**
   * Reads the files of a folder now, in the order of their names, and again whenever one of them
   * changes, comes or goes. A plain file counts as a folder of one.
   *
   * @param suffixes how the names of the files that count end; hidden files never do
   * @throws InvalidFileException when there are none, or they make no value now
   */
  public <T> Watched<T> watchFolder(Path folder, List<String> suffixes, FileParser<T> parser)
      throws InvalidFileException {
    return add(new Watch<>(new FolderFiles(folder, suffixes), parser));
  }

  /**
   * Reads a file and those it leads to now, and again whenever one of them changes or it leads to
   * others. It is read once every interval, so it should be small.
   *
   * @param parser gets {@code first} and then the others, each once; when {@code first} is being
   *     replaced they may be those of the version before
   * @throws InvalidFileException when they make no value now
   */
  public <T> Watched<T> watchFollowing(Path first, FileReferences references, FileParser<T> parser)
      throws InvalidFileException {
    return add(new Watch<>(new FollowedFiles(first, references), parser));
  }

  private <T> Watched<T> add(Watch<T> watch) {
    watches.add(watch);
    return watch.value();
  }

  /** Looks at every file once. */
  public synchronized void poll() {
    watches.forEach(Watch::poll);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
