#include "CYAML.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

/* From yaml.h of libyaml 0.2. */

typedef struct {
  size_t index, line, column;
} mark;

typedef struct {
  int error;
  const char *problem;
  size_t problem_offset;
  int problem_value;
  mark problem_mark;
  const char *context;
  mark context_mark;
  /* The rest is private. 480 bytes in all with 64-bit pointers. */
  char rest[2048];
} yaml_parser;

enum { UTF8_ENCODING = 1, PLAIN_STYLE = 1, FLOW_STYLE = 2, READER_ERROR = 2 };

enum {
  STREAM_END_EVENT = 2,
  DOCUMENT_END_EVENT = 4,
  ALIAS_EVENT = 5,
  SCALAR_EVENT = 6,
  SEQUENCE_START_EVENT = 7,
  SEQUENCE_END_EVENT = 8,
  MAPPING_START_EVENT = 9,
  MAPPING_END_EVENT = 10,
};

typedef struct {
  int type;
  union {
    struct {
      void *version_directive, *tags_start, *tags_end;
      int implicit;
    } document_start;
    struct {
      unsigned char *anchor;
    } alias;
    struct {
      unsigned char *anchor, *tag, *value;
      size_t length;
      int plain_implicit, quoted_implicit;
      int style;
    } scalar;
    struct {
      unsigned char *anchor, *tag;
      int implicit;
      int style;
    } start;
  } data;
  mark start_mark, end_mark;
} yaml_event;

#if UINTPTR_MAX == UINT64_MAX
_Static_assert(offsetof(yaml_event, start_mark) == 56, "as yaml.h lays it out");
_Static_assert(offsetof(yaml_parser, context_mark) == 64, "as yaml.h lays it out");
#endif

static struct {
  void (*get_version)(int *, int *, int *);
  int (*initialize)(yaml_parser *);
  void (*delete)(yaml_parser *);
  void (*set_input)(yaml_parser *, const unsigned char *, size_t);
  void (*set_encoding)(yaml_parser *, int);
  int (*parse)(yaml_parser *, yaml_event *);
  void (*delete_event)(yaml_event *);
} library;

static int is_there;

static void look(void) {
  static const char *const names[] = {
#if defined(__APPLE__)
      "libyaml-0.2.dylib",
      "/opt/homebrew/lib/libyaml-0.2.dylib",
      "/usr/local/lib/libyaml-0.2.dylib",
#else
      "libyaml-0.so.2",
#endif
  };
  void *handle = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++) {
    handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  }
  if (!handle) return;
  *(void **)&library.get_version = dlsym(handle, "yaml_get_version");
  *(void **)&library.initialize = dlsym(handle, "yaml_parser_initialize");
  *(void **)&library.delete = dlsym(handle, "yaml_parser_delete");
  *(void **)&library.set_input = dlsym(handle, "yaml_parser_set_input_string");
  *(void **)&library.set_encoding = dlsym(handle, "yaml_parser_set_encoding");
  *(void **)&library.parse = dlsym(handle, "yaml_parser_parse");
  *(void **)&library.delete_event = dlsym(handle, "yaml_event_delete");
  if (!library.get_version || !library.initialize || !library.delete || !library.set_input ||
      !library.set_encoding || !library.parse || !library.delete_event) {
    return;
  }
  int major = -1, minor = -1, patch = -1;
  library.get_version(&major, &minor, &patch);
  is_there = major == 0 && (minor == 1 || minor == 2);
}

int pare_yaml_is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, look);
  return is_there;
}

struct pare_yaml {
  yaml_parser parser;
  yaml_event event;
  int has_event;
  /* Of `PARE_YAML_END` or `PARE_YAML_BROKEN`; 0 before. */
  int is_over, last;
};

pare_yaml *pare_yaml_make(const uint8_t *bytes, size_t count) {
  if (!pare_yaml_is_there()) return NULL;
  pare_yaml *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  if (!library.initialize(&made->parser)) {
    free(made);
    return NULL;
  }
  library.set_encoding(&made->parser, UTF8_ENCODING);
  library.set_input(&made->parser, bytes, count);
  return made;
}

static void drop_event(pare_yaml *parser) {
  if (parser->has_event) library.delete_event(&parser->event);
  parser->has_event = 0;
}

void pare_yaml_free(pare_yaml *parser) {
  drop_event(parser);
  library.delete(&parser->parser);
  free(parser);
}

static pare_yaml_event over(pare_yaml *parser, int kind, size_t start) {
  parser->is_over = 1;
  parser->last = kind;
  return (pare_yaml_event){.kind = kind, .start = start, .end = start};
}

pare_yaml_event pare_yaml_next(pare_yaml *parser) {
  if (parser->is_over) return (pare_yaml_event){.kind = parser->last};
  for (;;) {
    drop_event(parser);
    if (!library.parse(&parser->parser, &parser->event)) return over(parser, PARE_YAML_BROKEN, 0);
    parser->has_event = 1;
    const yaml_event *event = &parser->event;
    pare_yaml_event result = {.start = event->start_mark.index, .end = event->end_mark.index};
    switch (event->type) {
      case STREAM_END_EVENT:
      case DOCUMENT_END_EVENT:
        return over(parser, PARE_YAML_END, result.start);
      case ALIAS_EVENT:
        result.kind = PARE_YAML_ALIAS;
        result.anchor = (const char *)event->data.alias.anchor;
        return result;
      case SCALAR_EVENT:
        result.kind = PARE_YAML_SCALAR;
        result.is_plain = event->data.scalar.style == PLAIN_STYLE;
        result.value = event->data.scalar.value;
        result.value_count = event->data.scalar.length;
        result.tag = (const char *)event->data.scalar.tag;
        result.anchor = (const char *)event->data.scalar.anchor;
        return result;
      case SEQUENCE_START_EVENT:
      case MAPPING_START_EVENT:
        result.kind = event->type == SEQUENCE_START_EVENT ? PARE_YAML_SEQUENCE_START
                                                          : PARE_YAML_MAPPING_START;
        result.is_flow = event->data.start.style == FLOW_STYLE;
        result.tag = (const char *)event->data.start.tag;
        result.anchor = (const char *)event->data.start.anchor;
        return result;
      case SEQUENCE_END_EVENT:
        result.kind = PARE_YAML_SEQUENCE_END;
        return result;
      case MAPPING_END_EVENT:
        result.kind = PARE_YAML_MAPPING_END;
        return result;
      default:
        /* The starts of the stream and of the document. */
        continue;
    }
  }
}

pare_yaml_problem_report pare_yaml_problem(const pare_yaml *parser) {
  const yaml_parser *state = &parser->parser;
  int is_offset = state->error == READER_ERROR;
  return (pare_yaml_problem_report){
      .problem = state->problem,
      .context = state->context,
      .start = is_offset ? state->problem_offset : state->problem_mark.index,
      .is_offset = is_offset,
  };
}
