/** The inputs of what an incident taught, in the closing form and in the one of its own. */
export const LESSON_INPUTS = Object.freeze({
  keptLessons: 'kept-lessons',
  lesson1: 'lesson-1',
  lesson2: 'lesson-2',
  lesson3: 'lesson-3',
  lesson4: 'lesson-4',
  lesson5: 'lesson-5',
  lesson6: 'lesson-6',
  lesson7: 'lesson-7',
  lesson8: 'lesson-8',
  lessonsReason: 'lessons-reason',
  lessonsFor: 'lessons-for',
} as const);
