package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.END_HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Header compression: every form of a field is read and every broken one ends the connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7541">RFC 7541, whose sections are meant</a>
 */
final class H2SpecHpackTest extends H2SpecSection {

  private static final int WHOLE = END_HEADERS | END_STREAM;

  static Stream<Arguments> questions() {
    return Stream.of(
        taken("6.1 an indexed field", bytes(0xba)),
        taken("6.2.1 a literal that is indexed, its name too", bytes(0x7a, 1, 'x')),
        taken("6.2.1 a literal that is indexed", bytes(0x40, 1, 'x', 1, 'y')),
        taken(
            "6.2.1 a literal that is indexed, in Huffman's code", bytes(0x40, 0x81, 0xf3, 1, 'y')),
        taken("6.2.2 a literal that is not indexed", bytes(0x00, 1, 'x', 1, 'y')),
        taken("6.2.2 a literal that is not indexed, its name is", bytes(0x0f, 0x2b, 1, 'y')),
        taken("6.2.3 a literal that is never indexed", bytes(0x10, 1, 'x', 1, 'y')),
        taken("6.2.3 a literal that is never indexed, its name is", bytes(0x1f, 0x2b, 1, 'y')),
        question(
            "6.3 a table size update in front",
            client -> {
              headers(client, 1, WHOLE, bytes(0x20), GET);
              answered(client, 1);
            }),
        question(
            "4.2 two table size updates in front",
            client -> {
              headers(client, 1, WHOLE, bytes(0x20, 0x3f, 0xe1, 0x1f), GET);
              answered(client, 1);
            }),
        broken("2.3.3 an index beyond both tables", bytes(0xff, 0x00)),
        broken(
            "2.3.3 a literal whose name's index is beyond both tables", bytes(0x7f, 0x40, 1, 'x')),
        broken("4.2 a table size update at the end", bytes(0x3f, 0xe1, 0x1f)),
        broken(
            "5.2 Huffman's padding of more than seven bits", bytes(0x00, 0x82, 0xf3, 0xff, 1, 'y')),
        broken("5.2 Huffman's padding of zeros", bytes(0x00, 0x81, 0xf2, 1, 'y')),
        broken("5.2 Huffman's end of string", bytes(0x00, 0x84, 0xff, 0xff, 0xff, 0xff, 1, 'y')),
        broken("6.1 the index 0", bytes(0x80)),
        question(
            "6.3 a table size update beyond the limit",
            client -> {
              headers(client, 1, WHOLE, bytes(0x3f, 0xe2, 0x1f), GET);
              connectionError(client, COMPRESSION_ERROR);
            }));
  }

  private static Arguments taken(String name, byte[] field) {
    return question(
        name,
        client -> {
          headers(client, 1, WHOLE, GET, field);
          answered(client, 1);
        });
  }

  private static Arguments broken(String name, byte[] field) {
    return question(
        name,
        client -> {
          headers(client, 1, WHOLE, GET, field);
          connectionError(client, COMPRESSION_ERROR);
        });
  }
}
