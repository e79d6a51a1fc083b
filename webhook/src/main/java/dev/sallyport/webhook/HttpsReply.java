package dev.sallyport.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param status 200 to 599; interim answers are skipped
 * @param headers names and values as they came, side by side
 * @param body all of it, never more than the request allowed; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only read
public record HttpsReply(int status, List<String> headers, byte[] body) {

  public HttpsReply {
    headers = List.copyOf(headers);
  }

  /** 200 to 299. */
  public boolean successful() {
    return status >= 200 && status < 300;
  }

  /** The first value of that name in any case, or null. */
  public @Nullable String header(String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        return headers.get(i + 1);
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return status + " (" + body.length + " bytes)";
  }
}
