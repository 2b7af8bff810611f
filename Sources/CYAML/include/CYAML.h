/* Events of a YAML document, read with libyaml.

   libyaml is asked for when the program runs and is not needed to build it: where the system does not
   have it, `pare_yaml_make` gives NULL and `pare_yaml_is_there` 0. What stands here of its interface is
   that of version 0.2 (yaml.h), library version 0: the first fields of `yaml_parser_t`, all of
   `yaml_event_t`, and the numbers of its events and styles. */
#ifndef CYAML_H
#define CYAML_H

#include <stddef.h>
#include <stdint.h>

typedef struct pare_yaml pare_yaml;

/* Whether the system has a libyaml whose interface is known here. */
int pare_yaml_is_there(void);

/* A parser of UTF-8 text, which has to stay where it is until the parser is freed; NULL where there is
   no libyaml or no memory. */
pare_yaml *pare_yaml_make(const uint8_t *bytes, size_t count);

void pare_yaml_free(pare_yaml *parser);

enum {
  PARE_YAML_END = 0,
  PARE_YAML_SCALAR = 1,
  PARE_YAML_ALIAS = 2,
  PARE_YAML_SEQUENCE_START = 3,
  PARE_YAML_SEQUENCE_END = 4,
  PARE_YAML_MAPPING_START = 5,
  PARE_YAML_MAPPING_END = 6,
  /* The document is malformed; `pare_yaml_problem` says where and how. */
  PARE_YAML_BROKEN = 7,
};

typedef struct {
  int kind;
  /* Of a scalar: whether it stands without quotes and on one line. */
  int is_plain;
  /* Not closed by a zero; NULL where there is none. Good until the next event. */
  const uint8_t *value;
  size_t value_count;
  /* Closed by a zero, or NULL: `!Ref`; the name of an anchor, or what an alias names. */
  const char *tag;
  const char *anchor;
  /* Of a sequence or a mapping: whether it stands in brackets or braces. */
  int is_flow;
  /* Where it begins and ends: characters from the start of the text. The start of a sequence or a
     mapping ends with its bracket or its tag; the end of one that is indented is where the next line
     with text begins. */
  size_t start, end;
} pare_yaml_event;

/* The next event of the first document; after its end, and after what is broken, the same again. */
pare_yaml_event pare_yaml_next(pare_yaml *parser);

typedef struct {
  /* What is wrong, and while doing what; closed by a zero, or NULL. */
  const char *problem;
  const char *context;
  /* Characters from the start of the text. For text that is no UTF-8: bytes, and `is_offset` is 1. */
  size_t start;
  int is_offset;
} pare_yaml_problem_report;

pare_yaml_problem_report pare_yaml_problem(const pare_yaml *parser);

#endif
