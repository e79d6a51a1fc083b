package dev.sallyport.it.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A server written in Node, from this module's resources; its first line tells its port. */
public final class NodePeer implements AutoCloseable {

  private final Process process;
  private final int port;

  private NodePeer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param script in {@code /peers}, such as {@code websocket.js}
   * @param folder where it is copied to and runs
   * @param arguments of the script
   */
  public static NodePeer start(String script, Path folder, String... arguments) throws IOException {
    Path file = folder.resolve(script);
    try (InputStream text = NodePeer.class.getResourceAsStream("/peers/" + script)) {
      Files.copy(Objects.requireNonNull(text, script), file, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(List.of("node", file.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve(script + ".err").toFile())
            .start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String line = out.readLine();
    if (line == null) {
      throw new IOException(Files.readString(folder.resolve(script + ".err")));
    }
    return new NodePeer(process, Integer.parseInt(line));
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The body that a plain GET is answered with. */
  public String get(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET " + path + " HTTP/1.0\r\nHost: peer\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  /** SIGKILL: its connections break. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
