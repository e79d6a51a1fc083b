package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The built server as its users run it: {@code bin/sallyport} in a folder of its own, on a free
 * port. {@link #close} ends it and fails on a leaked buffer in its log.
 */
final class SallyportProcess implements AutoCloseable {

  private static final Path HOME = Path.of(System.getProperty("sallyport.home", "..")).normalize();

  private static final int PATIENCE_SECONDS = 180;

  private final Path folder;
  private final int port;
  private final List<String> command;
  private Process process;

  private final String options;
  private final int probes;

  private SallyportProcess(
      Path folder, int port, int probes, List<String> command, String options) {
    this.folder = folder;
    this.port = port;
    this.probes = probes;
    this.command = command;
    this.options = options;
    this.process = launch(folder, command, options);
  }

  /** Starts it in {@code folder} and waits until it is ready. */
  static SallyportProcess start(Path folder, String... flags) {
    return startWith("-Dio.netty.leakDetection.level=paranoid", folder, flags);
  }

  /** The same with options of the JVM instead of those that find leaks. */
  static SallyportProcess startWith(String options, Path folder, String... flags) {
    int port = freePort();
    List<String> command = command(port, flags);
    SallyportProcess server = new SallyportProcess(folder, port, port, command, options);
    server.awaitReady();
    return server;
  }

  /**
   * Starts it with flags of kube-rbac-proxy, by which all paths of its port are an upstream's.
   *
   * @param probes a free port, which becomes {@code --proxy-endpoints-port}
   */
  static SallyportProcess startBefore(Path folder, int probes, String... flags) {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.add("--secure-listen-address=127.0.0.1:" + port);
    command.add("--proxy-endpoints-port=" + probes);
    command.addAll(List.of(flags));
    String options = "-Dio.netty.leakDetection.level=paranoid";
    SallyportProcess server = new SallyportProcess(folder, port, probes, command, options);
    server.awaitReady();
    return server;
  }

  /** The same with so many file descriptors at most. */
  static SallyportProcess startWithDescriptors(int most, Path folder, String... flags) {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("bash", "-c"));
    command.add("ulimit -n " + most + "; exec \"$0\" \"$@\"");
    command.addAll(command(port, flags));
    SallyportProcess server = new SallyportProcess(folder, port, port, command, "");
    server.awaitReady();
    return server;
  }

  /** Runs it to its end, for starts that are refused. */
  static Tool.Result runToEnd(Path folder, String... flags) {
    return Tool.run(folder, environment(), command(freePort(), flags), "");
  }

  /** Runs a subcommand such as {@code kubeconfig}. */
  static Tool.Result subcommand(Path folder, String... arguments) {
    List<String> line = new ArrayList<>(List.of(launcher()));
    line.addAll(List.of(arguments));
    return Tool.run(folder, environment(), line, "");
  }

  static String launcher() {
    return HOME.resolve("bin/sallyport").toAbsolutePath().normalize().toString();
  }

  private static List<String> command(int port, String... flags) {
    List<String> line = new ArrayList<>(List.of(launcher(), "--secure-port=" + port));
    line.addAll(List.of(flags));
    return line;
  }

  private static Map<String, String> environment() {
    return Map.of("SALLYPORT_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid");
  }

  private static Process launch(Path folder, List<String> command, String options) {
    try {
      Path log = folder.resolve("server.log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().put("SALLYPORT_JAVA_OPTS", options);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    // The first start after a build also makes the class-data archive.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        fail("the server ended with " + process.exitValue() + ":\n" + log());
      }
      if (answersReady()) {
        return;
      }
      pause();
    }
    fail("not ready after " + PATIENCE_SECONDS + " s:\n" + log());
  }

  private boolean answersReady() {
    try {
      return PlainHttps.trustingAll().get("https://127.0.0.1:" + probes + "/readyz").status()
          == 200;
    } catch (SSLException | RuntimeException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("interrupted");
    }
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  String url(String path) {
    return "https://127.0.0.1:" + port + path;
  }

  /** The admin kubeconfig of the first start, with the port in it. */
  Path adminKubeconfig() {
    return folder.resolve("sallyport-data/admin.kubeconfig");
  }

  /** kubectl as the admin. */
  Tool.Result kubectl(String arguments) {
    return Tool.bash(
        folder,
        Map.of("KUBECONFIG", adminKubeconfig().toString(), "HOME", folder.toString()),
        "kubectl " + arguments);
  }

  String log() {
    try {
      return Files.readString(folder.resolve("server.log"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL, as a crash; {@link #restart} starts it again on the same data and port. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; answers the exit code. */
  int terminate() {
    process.destroy();
    return awaitEnd();
  }

  void restart() {
    process = launch(folder, command, options);
    awaitReady();
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return fail("still running 60 s after its end was asked for:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted");
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
    }
    if (log().contains("LEAK:")) {
      fail("a buffer leaked:\n" + log());
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
