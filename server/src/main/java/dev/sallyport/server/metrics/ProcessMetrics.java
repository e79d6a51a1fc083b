package dev.sallyport.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** The process as Prometheus knows every process, and what the JVM adds; read when scraped. */
final class ProcessMetrics {

  private static final long PAGE = 4096;

  private ProcessMetrics() {}

  static void register(PrometheusRegistry registry) {
    CounterWithCallback.builder()
        .name("process_cpu_seconds_total")
        .help("Processor time of this process.")
        .callback(callback -> callback.call(cpuSeconds()))
        .register(registry);
    gauge(registry, "process_start_time_seconds", "When it started.", ProcessMetrics::started);
    gauge(registry, "process_resident_memory_bytes", "Memory in RAM.", ProcessMetrics::resident);
    gauge(registry, "process_open_fds", "Open file descriptors.", ProcessMetrics::openFiles);
    gauge(registry, "jvm_memory_used_bytes", "Heap in use.", ProcessMetrics::heap);
    gauge(
        registry,
        "jvm_threads_current",
        "Threads alive.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
  }

  static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private static double cpuSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(time -> time.toNanos() / 1e9)
        .orElse(0.0);
  }

  private static double started() {
    return ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0;
  }

  private static double heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double resident() {
    try {
      String statm = Files.readString(Path.of("/proc/self/statm"));
      int first = statm.indexOf(' ');
      return Long.parseLong(statm.substring(first + 1, statm.indexOf(' ', first + 1))) * PAGE;
    } catch (IOException | RuntimeException e) {
      return 0; // no such file on this system
    }
  }

  private static double openFiles() {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    } catch (IOException e) {
      return 0; // no such folder on this system
    }
  }
}
