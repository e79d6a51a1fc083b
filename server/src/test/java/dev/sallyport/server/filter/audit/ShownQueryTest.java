package dev.sallyport.server.filter.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownQueryTest {

  @ParameterizedTest
  @CsvSource({
    "access_token=s3cret, access_token=***",
    "a=b&access_token=s3cret&limit=5, a=b&access_token=***&limit=5",
    "access_token=one&access_token=two, access_token=***&access_token=***",
    "my_access_token=x&access_token=s3cret, my_access_token=x&access_token=***",
    "access_token=&a=b, access_token=***&a=b"
  })
  void case75AQueryTokenIsNotWrittenDown(String query, String shown) {
    assertEquals(shown, ShownQuery.of(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "limit=5&watch=1", "my_access_token=x", "access_token", "a=access_token=x"})
  void whatIsNoTokenIsLeftAsItIs(String query) {
    assertSame(query, ShownQuery.of(query));
  }
}
