package dev.sallyport.authz.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** What the upstream answers, read with every bound set. */
final class RbacJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(128)
                          .maxNumberLength(64)
                          .maxNameLength(4 << 10)
                          .maxStringLength(4 << 20)
                          .build())
                  .build())
          .build();

  private RbacJson() {}

  /**
   * @throws IOException when it is no JSON
   */
  static JsonNode read(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }
}
