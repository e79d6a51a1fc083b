package dev.sallyport.server.assembly;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be given back when the server ends, and the threads for work that is too long for an
 * event loop.
 */
final class Resources implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Resources.class);
  private static final int MOST_QUEUED = 10_000;

  private final Deque<AutoCloseable> held = new ArrayDeque<>();
  private final ExecutorService workers;

  Resources() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_QUEUED),
            task -> {
              Thread worker = new Thread(task, "worker-" + number.incrementAndGet());
              worker.setDaemon(true);
              return worker;
            });
    pool.allowCoreThreadTimeOut(true);
    this.workers = pool;
  }

  ExecutorService workers() {
    return workers;
  }

  /** Closes it when the server ends, before what was held earlier. */
  synchronized <T extends AutoCloseable> T hold(T resource) {
    held.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!held.isEmpty()) {
      AutoCloseable resource = held.pop();
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("{} did not close cleanly", resource.getClass().getSimpleName(), e);
      }
    }
    workers.shutdown();
  }
}
