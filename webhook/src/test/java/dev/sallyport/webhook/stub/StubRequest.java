package dev.sallyport.webhook.stub;

import java.nio.charset.StandardCharsets;

/**
 * What a stub was asked.
 *
 * @param line method, target and version
 * @param head the header lines
 */
public record StubRequest(String line, String head, byte[] body) {

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
