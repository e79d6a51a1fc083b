package dev.sallyport.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** One connection on which secrets are written, one after the other. */
final class StormWriter implements AutoCloseable {

  private static final String PAD =
      "c29tZSBkYXRhIG9mIGFuIG9iamVjdCBvZiB0aGUgdXN1YWwgc2l6ZSBp".repeat(8);

  private final SSLSocket socket;
  private final InputStream in;

  StormWriter(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Writes a namespace. */
  void namespace(String name) throws IOException {
    send(
        "POST",
        "/api/v1/namespaces",
        "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\"}}");
  }

  /** Creates an object, or writes it anew. Answers its version. */
  long write(boolean create, String path, String name, int change) throws IOException {
    String body =
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
            + name
            + "\"},\"data\":{\"pad\":\""
            + PAD
            + "\"},\"stringData\":{\"change\":\""
            + change
            + "\"}}";
    String answer = send(create ? "POST" : "PUT", create ? path : path + "/" + name, body);
    String member = "\"resourceVersion\":\"";
    int at = answer.indexOf(member) + member.length();
    return Long.parseLong(answer.substring(at, answer.indexOf('"', at)));
  }

  private String send(String method, String path, String body) throws IOException {
    String request =
        "%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer boss\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, body.length(), body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    String status = line();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
        length = Integer.parseInt(line.substring(16));
      }
    }
    String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.contains(" 20")) {
      throw new IOException(status + answer);
    }
    return answer;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ended");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
