package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs that users type: run with a time limit, output kept. */
final class Tool {

  /** How a program ended. */
  record Result(int exit, String out, String err) {
    Result expectSuccess() {
      if (exit != 0) {
        fail("exit " + exit + "\nstdout: " + out + "\nstderr: " + err);
      }
      return this;
    }
  }

  private Tool() {}

  /** Skips with a message, or fails it on a CI machine. */
  static void missing(String message) {
    if (everythingMustRun()) {
      fail(message);
    }
    abort(message);
  }

  static boolean everythingMustRun() {
    return "true".equals(System.getenv("CI"));
  }

  /** Whether that program is installed. */
  static boolean find(String program) {
    for (String folder : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Runs a line in bash, as somebody types it. */
  static Result bash(Path folder, Map<String, String> environment, String line) {
    return run(folder, environment, List.of("bash", "-c", line), "");
  }

  static Result run(
      Path folder, Map<String, String> environment, List<String> command, String input) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      CompletableFuture<String> out = readAll(process.getInputStream());
      CompletableFuture<String> err = readAll(process.getErrorStream());
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // the program did not read its input to the end: its exit code tells why
      }
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return fail("still running after 120 s: " + command);
      }
      return new Result(process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted while running " + command);
    }
  }

  private static CompletableFuture<String> readAll(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            return "";
          }
        });
  }
}
