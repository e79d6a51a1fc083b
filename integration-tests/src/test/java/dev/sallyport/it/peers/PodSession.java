package dev.sallyport.it.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A process in a pod and its streams, whichever protocol carries them. */
final class PodSession {

  static final int STDIN = 0;
  static final int STDOUT = 1;
  static final int STDERR = 2;
  static final int ERROR = 3;
  static final int RESIZE = 4;

  private static final byte[] END = new byte[0];

  private final TestKubelet kubelet;
  private final List<String> command;
  private final boolean tty;
  private final boolean stdin;
  private final boolean stdout;
  private final boolean stderr;
  private final BlockingQueue<byte[]> input = new LinkedBlockingQueue<>(64);
  private volatile @Nullable Process process;

  PodSession(
      TestKubelet kubelet,
      List<String> command,
      boolean tty,
      boolean stdin,
      boolean stdout,
      boolean stderr) {
    this.kubelet = kubelet;
    this.command = command;
    this.tty = tty;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** How many SPDY streams the client is going to open. */
  int streams() {
    return 1 + (stdin ? 1 : 0) + (stdout ? 1 : 0) + (stderr ? 1 : 0) + (tty ? 1 : 0);
  }

  void start(Wire wire) {
    thread(() -> run(wire));
  }

  /** What came from the client; waits while the process takes no more. */
  void receive(int channel, byte[] bytes) {
    if (channel == RESIZE) {
      kubelet.sizes().add(new String(bytes, UTF_8).strip());
    } else if (channel == STDIN && bytes.length > 0) {
      put(bytes);
    }
  }

  void endOfInput() {
    put(END);
  }

  /** The client has gone. */
  void gone() {
    input.offer(END);
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }

  private void put(byte[] bytes) {
    try {
      input.put(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Wire wire) {
    try {
      Process started = new ProcessBuilder(line()).directory(kubelet.folder().toFile()).start();
      process = started;
      if (stdin) {
        thread(() -> feed(started.getOutputStream()));
      } else {
        started.getOutputStream().close();
      }
      Thread out = thread(() -> pump(started.getInputStream(), wire, STDOUT, stdout));
      Thread err = thread(() -> pump(started.getErrorStream(), wire, STDERR, stderr));
      int exit = started.waitFor();
      out.join();
      err.join();
      if (wire.tellsErrorsOnly()) {
        send(wire, exit == 0 ? "" : failureText(exit));
      } else {
        send(wire, exit == 0 ? success() : failure(exit));
      }
    } catch (IOException e) {
      send(wire, status("InternalError", String.valueOf(e.getMessage()), "{}"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    input.clear();
    wire.finish();
  }

  /** A pseudo-terminal comes from script(1). */
  private List<String> line() {
    if (!tty) {
      return command;
    }
    StringBuilder quoted = new StringBuilder();
    for (String word : command) {
      quoted.append('\'').append(word.replace("'", "'\\''")).append("' ");
    }
    return List.of("script", "-qec", quoted.toString(), "/dev/null");
  }

  private void feed(OutputStream to) {
    try (to) {
      for (byte[] next = input.take(); next != END; next = input.take()) {
        to.write(next);
        to.flush();
      }
    } catch (IOException e) {
      drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process reads no more: what still comes is thrown away. */
  private void drain() {
    try {
      while (input.take() != END) {
        // nobody wants it
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pump(InputStream from, Wire wire, int channel, boolean wanted) {
    byte[] buffer = new byte[32_768];
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        if (wanted) {
          wire.send(channel, buffer, n);
        }
      }
    } catch (IOException e) {
      // a pseudo-terminal ends so
    }
  }

  private static void send(Wire wire, String status) {
    byte[] bytes = status.getBytes(UTF_8);
    if (bytes.length > 0) {
      wire.send(ERROR, bytes, bytes.length);
    }
  }

  private static String success() {
    return "{\"metadata\":{},\"status\":\"Success\"}";
  }

  private static String failure(int exit) {
    return status(
        "NonZeroExitCode",
        failureText(exit),
        "{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"" + exit + "\"}]}");
  }

  private static String failureText(int exit) {
    return "command terminated with non-zero exit code: exit status " + exit;
  }

  private static String status(String reason, String message, String details) {
    return "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"%s\",\"reason\":\"%s\",\"details\":%s}"
        .formatted(message.replace('"', '\''), reason, details);
  }

  static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "test-kubelet");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
