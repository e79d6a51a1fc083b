package dev.sallyport.server.netty.origin;

import dev.sallyport.api.Headers;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads X-Forwarded-For from its end: what stands far off is not even looked at. */
final class ForwardedFor implements TrustedProxies.Claims {

  private final List<String> lines;
  private int line;
  private int end;

  private ForwardedFor(List<String> lines) {
    this.lines = lines;
    this.line = lines.size();
    this.end = -1;
  }

  static ForwardedFor of(Headers headers) {
    return new ForwardedFor(headers.all("x-forwarded-for"));
  }

  @Override
  public @Nullable InetAddress next() {
    if (end < 0) {
      if (line == 0) {
        return null;
      }
      line--;
      end = lines.get(line).length();
    }
    String value = lines.get(line);
    int comma = value.lastIndexOf(',', end - 1);
    String name = value.substring(comma + 1, end).strip();
    end = comma;
    return NodeName.address(name);
  }
}
