package dev.sallyport.resources.structural.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @ParameterizedTest
  @CsvSource({
    "ipv4,        10.0.0.255,                             true",
    "ipv4,        10.0.0.256,                             false",
    "ipv4,        10.0.0.01,                              false",
    "ipv6,        ::1,                                    true",
    "ipv6,        fe80::1:2,                              true",
    "ipv6,        ::ffff:1.2.3.4,                         true",
    "ipv6,        1:2:3:4:5:6:7:8,                        true",
    "ipv6,        1:2:3:4:5:6:7:8:9,                      false",
    "ipv6,        1::2::3,                                false",
    "ipv6,        10.0.0.1,                               false",
    "cidr,        10.0.0.0/8,                             true",
    "cidr,        10.0.0.0/33,                            false",
    "cidr,        fd00::/64,                              true",
    "cidr,        10.0.0.0,                               false",
    "mac,         00:00:5e:00:53:01,                      true",
    "mac,         0000.5e00.5301,                         true",
    "mac,         00-00-5e-00-53,                         false",
    "uuid,        6ba7b810-9dad-11d1-80b4-00c04fd430c8,   true",
    "uuid4,       6ba7b810-9dad-11d1-80b4-00c04fd430c8,   false",
    "uuid4,       16fd2706-8baf-433b-82eb-8c7fada847da,   true",
    "date,        2024-02-29,                             true",
    "date,        2023-02-29,                             false",
    "date-time,   2024-02-29T10:00:00Z,                   true",
    "date-time,   2024-02-29T10:00:00.123+02:00,          true",
    "date-time,   2024-02-30T10:00:00Z,                   false",
    "date-time,   2024-02-29,                             false",
    "duration,    1h30m,                                  true",
    "duration,    -1.5s,                                  true",
    "duration,    22 ns,                                  true",
    "duration,    1 fortnight,                            false",
    "duration,    90,                                     false",
    "byte,        aGVsbG8=,                               true",
    "byte,        aGVsbG8,                                false",
    "email,       a@b.example,                            true",
    "email,       nobody,                                 false",
    "uri,         https://a.example/b?c=d,                true",
    "uri,         a.example,                              false",
    "hostname,    a-b.example,                            true",
    "hostname,    -a.example,                             false",
    "isbn10,      0321751043,                             true",
    "isbn13,      978-0321751041,                         true",
    "isbn,        0321751044,                             false",
    "creditcard,  4111 1111 1111 1111,                    true",
    "creditcard,  1234,                                   false",
    "ssn,         111-22-3333,                            true",
    "hexcolor,    '#FFFFFF',                              true",
    "hexcolor,    '#GG0000',                              false",
    "rgbcolor,    'rgb(255,255,255)',                     true",
    "rgbcolor,    'rgb(256,0,0)',                         false",
    "quantity,    1.5Gi,                                  true",
    "quantity,    1.5Zi,                                  false",
    "k8s-short-name, my-name,                             true",
    "k8s-short-name, My.name,                             false",
    "bsonobjectid, 507f1f77bcf86cd799439011,              true",
    "password,    anything,                               true",
  })
  void knowsItsFormats(String format, String text, boolean fits) {
    assertEquals(fits, Formats.fits(format, text));
  }
}
